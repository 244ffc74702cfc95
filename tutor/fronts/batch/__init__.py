"""Files of questions in, files of rows out."""
