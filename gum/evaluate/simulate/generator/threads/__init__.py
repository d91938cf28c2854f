"""The threads of a life: each plans the visits of one kind of fact, and what is mistaken for it."""
