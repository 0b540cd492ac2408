"""A bare Django project: the least that any Django service costs. It repeats what ours answered."""
