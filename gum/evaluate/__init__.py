"""Measures of how well the program does, on data that others collected."""
