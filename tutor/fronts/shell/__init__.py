"""The shell: one learner's dialogue at a terminal or in a pipe; transport only."""
