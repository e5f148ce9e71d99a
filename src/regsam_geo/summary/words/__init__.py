"""Tables, sentences and pages for people, made from the facts."""
