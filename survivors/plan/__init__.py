"""What do I do now? The questions, the plan that follows, and the records that fit it."""
