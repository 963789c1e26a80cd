"""What admins can see and do: queues, dead letters, tasks."""
