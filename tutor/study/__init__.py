"""Study: exercises made of a pack, quizzes and mock exams of them, and what a learner remembers."""
