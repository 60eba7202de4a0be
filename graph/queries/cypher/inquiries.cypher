// What is loaded of these inquiries
UNWIND $inquiries AS inquiry
CALL loaded_of(inquiry)
RETURN inquiry, document, recommendations, stated
ORDER BY inquiry, document
