"""The doctor's checks: each looks at one thing and says in a line how it stands, with the fix where it does not."""
