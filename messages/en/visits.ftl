# What an inspector's device has not sent yet.

visits-outbox = Reports on this device that are not sent yet
visits-send = Send now
visits-word-report = Visit report of request
visits-word-waiting = Not sent yet
visits-word-conflict = Something new happened to the request. Open the report and check it.
visits-word-refused = Something is missing. Open the report and complete it.
visits-word-late = Not sent for more than a day
visits-word-typed = What you wrote in the report
visits-word-drop = Remove the report from the device
visits-word-online = The device is online.
visits-word-offline = The device is offline. Reports are sent by themselves when the network returns.
