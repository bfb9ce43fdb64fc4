"""The ground floor: every decision about news, pure. No await, no clock, no environment, no library of the edges."""
