-- The rate of the last minute is counted out of half a year's events.
create index meter_event_delivered on meter_event using brin (delivered_at);
