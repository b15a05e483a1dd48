"""Who is at work when: the teams of the areas, their hours and absences, and the days that are otherwise."""
