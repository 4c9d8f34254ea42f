"""The workspace in the browser: what each person of the staff sees, drawn here, and changed by what they do.

A page is drawn on this side with htpy, which escapes whatever it is given; the browser gets finished markup over one
WebSocket and puts it into its place. What people do goes through the control API, so that the page is no second way
into the app. Nothing is asked of any other address.
"""
