"""The benchmark of survey_callcenter."""
