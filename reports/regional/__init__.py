"""Regional indices for people: the form, the page of results, the method page, the files."""
