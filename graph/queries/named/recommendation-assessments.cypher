// Who said what has become of recommendations, side by side, and where do they disagree?
// valid time: none
// parameter inquiry: Inquiry - only recommendations and reports of this inquiry
// parameter recommendation: Recommendation - only this recommendation
// column assessed: Recommendation|Document|Decision|Action - what is judged
// column count: integer - of how many items, where a set is judged
// column of: integer - of how many the set consists
// column assessment: Assessment - the judgement
// column judges: integer - how many things this one judgement is about; its words are about all of them together
// column date: text - its date
// column assessor: entities - who judges
// column words: text - in the assessor's own words
// column stage: text - the neutral stage to which a curator maps them
// column disputed: boolean - whether others map to another stage; what a curator holds to be mistaken takes no part
CALL () {
  MATCH (p:Claim {subject: $inquiry, predicate: 'PRODUCED'})
  WHERE live(p)
  MATCH (a:Claim {object: p.object, predicate: 'ASSESSES'})
  WHERE live(a)
  RETURN a, null AS m, p
  UNION
  MATCH (p:Claim {subject: $inquiry, predicate: 'PRODUCED'})
  WHERE live(p)
  MATCH (m:Claim {object: p.object, predicate: 'MADE_IN'})
  WHERE live(m)
  MATCH (a:Claim {object: m.subject, predicate: 'ASSESSES'})
  WHERE live(a)
  RETURN a, m, p
  UNION
  MATCH (a:Claim {object: $recommendation, predicate: 'ASSESSES'})
  WHERE $inquiry IS NULL AND live(a)
  RETURN a, null AS m, null AS p
  UNION
  WITH 1 AS everything
  WHERE $inquiry IS NULL AND $recommendation IS NULL
  MATCH (a:Claim {predicate: 'ASSESSES'})
  WHERE live(a)
  RETURN a, null AS m, null AS p
}
WITH a, m, p
WHERE $recommendation IS NULL OR a.object = $recommendation
WITH a, m, p ORDER BY m.id, p.id
WITH a, collect(DISTINCT m.id) + collect(DISTINCT p.id) AS way ORDER BY a.id
WITH a.object AS assessed, a.subject AS assessment, collect(a) AS links, way
CALL (assessment) {
  MATCH (j:Claim {subject: assessment, predicate: 'ASSESSES'})
  WHERE live(j)
  RETURN count(DISTINCT j.object) AS judges
}
CALL (assessment) {
  OPTIONAL MATCH (v:Claim)
  WHERE v.subject = assessment AND v.predicate IN ['date', 'words', 'stage', 'ASSESSED_BY'] AND live(v)
  WITH v ORDER BY v.value_earliest, v.value_text, v.object, v.id
  RETURN collect(v) AS values
}
WITH assessed, assessment, links, way, judges, values,
     head([v IN values WHERE v.predicate = 'stage' AND v.deprecated IS NULL | v.value_text]) AS sound_stage,
     head([v IN values WHERE v.predicate = 'stage' | v.value_text]) AS any_stage,
     reduce(known = [], v IN values | CASE WHEN v.predicate <> 'ASSESSED_BY' OR v.object IN known THEN known ELSE known + v.object END) AS assessor
WITH assessed, collect({assessment: assessment, judges: judges, links: links, way: way, values: values, assessor: assessor,
       stage: coalesce(sound_stage, any_stage), counted: CASE WHEN any(l IN links WHERE l.deprecated IS NULL) THEN sound_stage END}) AS group
UNWIND group AS one
RETURN assessed, head([l IN one.links WHERE l.count IS NOT NULL | l.count]) AS count,
       head([l IN one.links WHERE l.of IS NOT NULL | l.of]) AS of, one.assessment AS assessment, one.judges AS judges,
       head([v IN one.values WHERE v.predicate = 'date' | v.value_text]) AS date, one.assessor AS assessor,
       head([v IN one.values WHERE v.predicate = 'words' | v.value_text]) AS words, one.stage AS stage,
       any(other IN group WHERE coalesce(other.counted <> one.counted, false) AND other.assessor <> one.assessor) AS disputed,
       [l IN one.links | l.id] + [v IN one.values | v.id] + one.way AS claims
ORDER BY assessed, date, assessment
