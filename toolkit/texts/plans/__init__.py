"""The rules of "What do I do now?": reading them, the steps that fit, and the judgement of the plans that they make."""
