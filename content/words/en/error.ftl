# When something is not there, is over, or broke. Every message says what to do next.

error-status = Error { $status }
error-date = Date
error-reason = Reason
error-replacement = Read instead
error-way-home = Home page
error-ways = Where you can go from here
error-sections = Or look by section
error-request = When you tell us about it, please quote this request number:

http-missing-title = This page was not found
http-missing-text = The address may be mistyped, or the page may have moved. Check the address, or choose one of the ways below.
http-gone-title = This article was withdrawn
http-gone-text = Its publisher has withdrawn it, so its text is no longer here.
http-ended-title = This article has ended
http-ended-text = The time for which it was published is over, so its text is no longer shown.
http-forbidden-title = You may not see this page
http-forbidden-text = If you need what is on it, please contact the publisher of this site.
http-method-title = This page does not accept that kind of request
http-method-text = Please open it in the usual way, from a link.
http-large-title = The request is too large
http-large-text = What was sent is over the limit. Please send less.
http-broken-title = Sorry, something is not working
http-broken-text = The fault is ours, not yours. Please try again in a few minutes.
http-conflict-title = This can no longer be done
http-conflict-text = The content changed while you were looking at it. Please load the page again and retry.
http-issues-title = Something needs correcting
http-issues-text = Part of what was sent is not right yet. Please look through it and send it again.
http-invalid-title = This request is not valid
http-invalid-text = The server does not understand this request. Please start again from the home page.
http-trouble-title = The site cannot answer just now
http-trouble-text = The server is busy or being repaired. Please wait a minute and load the page again.
