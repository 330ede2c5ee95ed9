"""Memory: the index over one bond's journal (words and vectors), and recall over it."""
