"""What every feature may use and that knows no feature: settings, database, clock, pages."""
