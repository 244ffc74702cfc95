"""Mock exams in a terminal, and where the answers of whoever sits there are kept."""
