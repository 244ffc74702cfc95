"""Where people meet the tutor: transport only."""
