"use strict";
/* A story: saved views in an order, each with a caption and what it rests on. */
const Story = (() => {
  const story = View.story;
  const bar = () => Dom.byId("story");

  function build(act) {
    if (!story) return;
    bar().hidden = false;
    Dom.byId("story-back").addEventListener("click", () => go(-1, act));
    Dom.byId("story-on").addEventListener("click", () => go(1, act));
  }

  function go(by, act) {
    if (!story) return;
    const step = Math.min(story.steps.length, Math.max(1, act.state().step + by));
    if (step === act.state().step) return;
    act.change((state) => Object.assign(state, opening(step)));
    Canvas.fit();
    Dom.announce(`Step ${step} of ${story.steps.length}: ${story.steps[step - 1].title}. ${story.steps[step - 1].caption}`);
  }

  /* The view with which a step begins. */
  function opening(step) {
    const saved = State.fit(State.read(story.steps[step - 1].fragment));
    return { ...saved, step };
  }

  function update(state) {
    if (!story) return;
    const step = story.steps[state.step - 1];
    const [back, on] = [Dom.byId("story-back"), Dom.byId("story-on")];
    back.disabled = state.step === 1;
    on.disabled = state.step === story.steps.length;
    Dom.byId("story-title").textContent = step.title;
    Dom.byId("story-caption").textContent = step.caption;
    Dom.byId("story-place").textContent = `${state.step} of ${story.steps.length}`;
  }

  const step = (state) => story?.steps[state.step - 1] ?? null;

  return { build, go, opening, step, update };
})();
