"""Lives: people who may open the plan, what they would answer, and what their plan must and must never hold."""
