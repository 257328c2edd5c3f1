"""Studies as files, and how they are played, analysed and reported."""
