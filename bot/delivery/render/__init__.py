"""Values turned into messages: pure, one file for each kind of thing that is said."""
