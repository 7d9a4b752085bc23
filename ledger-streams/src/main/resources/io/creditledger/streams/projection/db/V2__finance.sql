-- What finance asks. A month is the month of recording in UTC, so that what is over does not change.

create function month_of(at timestamptz) returns date
  language sql immutable parallel safe
  return date_trunc('month', at at time zone 'UTC')::date;

-- Decimal places of a currency (ISO 4217).
create function minor_units(currency text) returns int
  language sql immutable parallel safe
  return case
    when currency in ('bif', 'clp', 'djf', 'gnf', 'isk', 'jpy', 'kmf', 'krw', 'pyg', 'rwf', 'ugx',
                      'uyi', 'vnd', 'vuv', 'xaf', 'xof', 'xpf') then 0
    when currency in ('bhd', 'iqd', 'jod', 'kwd', 'lyd', 'omr', 'tnd') then 3
    when currency in ('clf', 'uyw') then 4
    else 2
  end;

-- Of each grant, what happened to its credits in each month in which something did, and what
-- remained at the month's end: granted = consumed + expired + carried_over + voided + remaining,
-- summed up to any month.
create view grant_month as
with part as (
  select customer, grant_id, month_of(counted_at) as month,
         amount as granted, 0::numeric as consumed, 0::numeric as expired,
         0::numeric as carried_over, 0::numeric as voided
    from grants
   where counted_at is not null
  union all
  select m.customer, m.grant_id, month_of(m.recorded_at),
         case m.move when 'adjust_up' then m.amount when 'adjust_down' then -m.amount else 0 end,
         case when m.move in ('consume', 'settle') then m.amount
              when m.move in ('return', 'return_expired', 'return_voided') then -m.amount
              else 0 end,
         case when m.move in ('expire', 'unhold_expired', 'return_expired') then m.amount
              else 0 end,
         0,
         case when m.move in ('void', 'unhold_voided', 'return_voided') then m.amount else 0 end
    from movement m
    join grants g on g.customer = m.customer and g.grant_id = m.grant_id
   where g.counted_at is not null
     and m.amount <> 0
     and m.move not in ('grant', 'hold', 'unhold')
  union all
  -- What was carried over had expired in the same entry: it is told apart from what was lost.
  select customer, rolled_from, month_of(made_at), 0, 0, -amount, amount, 0
    from grants
   where rolled_from is not null
),
summed as (
  select customer, grant_id, month, sum(granted) as granted, sum(consumed) as consumed,
         sum(expired) as expired, sum(carried_over) as carried_over, sum(voided) as voided
    from part
   group by customer, grant_id, month
)
select s.customer, s.grant_id, g.name, g.unit, g.category, s.month,
       s.granted, s.consumed, s.expired, s.carried_over, s.voided,
       sum(s.granted - s.consumed - s.expired - s.carried_over - s.voided)
         over (partition by s.customer, s.grant_id order by s.month) as remaining
  from summed s
  join grants g on g.customer = s.customer and g.grant_id = s.grant_id;

-- What was paid for each grant. A grant into which a rest was carried over takes its share of what
-- was paid for the grant it comes from.
create view grant_cost as
with granted as (
  select g.customer, g.grant_id,
         g.amount + coalesce(sum(case m.move when 'adjust_up' then m.amount else -m.amount end), 0)
           as credits
    from grants g
    left join movement m on m.customer = g.customer and m.grant_id = g.grant_id
                        and m.move in ('adjust_up', 'adjust_down')
   where exists (select from grants r
                  where r.customer = g.customer and r.rolled_from = g.grant_id)
   group by g.customer, g.grant_id, g.amount
)
select g.customer, g.grant_id, g.unit, g.category, g.cost_currency as currency,
       greatest(minor_units(g.cost_currency), scale(g.cost_amount)) as places,
       month_of(g.counted_at) as month,
       g.rolled_from is not null as carried_in,
       case when g.rolled_from is null then g.cost_amount
            else coalesce(
                   round(g.cost_amount * g.amount / nullif(o.credits, 0),
                         greatest(minor_units(g.cost_currency), scale(g.cost_amount))), 0)
       end as cost
  from grants g
  left join granted o on o.customer = g.customer and o.grant_id = g.rolled_from
 where g.cost_amount is not null
   and g.counted_at is not null;

-- The money of each grant, month by month. What is paid is spread evenly over all credits the grant
-- ever got. Sums since the beginning are rounded half away from zero to the currency's places, and
-- a month is the difference of two sums: months, and the parts of one grant, add up to the cost.
create view grant_revenue_month as
with since as (
  select m.customer, m.grant_id, c.unit, c.category, c.currency, c.places, c.cost, m.month,
         case when m.month = c.month then c.cost else 0 end as paid,
         c.carried_in,
         sum(m.granted) over w as granted,
         sum(m.carried_over) over w as carried_over,
         sum(m.consumed) over w as consumed,
         sum(m.expired) over w as expired,
         sum(m.voided) over w as voided
    from grant_month m
    join grant_cost c on c.customer = m.customer and c.grant_id = m.grant_id
  window w as (partition by m.customer, m.grant_id order by m.month)
),
rounded as (
  select *,
         case when granted = 0 then 0 else round(cost * carried_over / granted, places) end as k,
         case when granted = 0 then 0
              else round(cost * (carried_over + consumed) / granted, places) end as ku,
         case when granted = 0 then cost
              else round(cost * (carried_over + consumed + expired) / granted, places) end as kux,
         case when granted = 0 then cost
              else round(cost * (carried_over + consumed + expired + voided) / granted, places)
         end as kuxv
    from since
)
select customer, grant_id, unit, category, currency, month,
       case when carried_in then 0 else paid end as paid,
       case when carried_in then paid else 0 end as carried_in,
       (ku - k) - lag(ku - k, 1, 0::numeric) over w as recognised,
       (kux - ku) - lag(kux - ku, 1, 0::numeric) over w as breakage,
       k - lag(k, 1, 0::numeric) over w as carried_out,
       (kuxv - kux) - lag(kuxv - kux, 1, 0::numeric) over w as voided,
       cost - kuxv as deferred
  from rounded
window w as (partition by customer, grant_id order by month);

-- Revenue by month, currency and category. Deferred is what is left at the month's end of all
-- that was paid, also for grants of which nothing moved in the month.
create view revenue_month as
select month, currency, category, sum(paid) as paid, sum(recognised) as recognised,
       sum(breakage) as breakage, sum(voided) as voided,
       sum(sum(paid + carried_in - recognised - breakage - carried_out - voided))
         over (partition by currency, category order by month) as deferred
  from grant_revenue_month
 group by month, currency, category;

-- What expired unused, in credits, and in money where something was paid for it.
create view breakage_month as
select m.month, m.unit, m.category, r.currency, sum(m.expired) as expired,
       sum(r.breakage) as breakage
  from grant_month m
  left join grant_revenue_month r
    on r.customer = m.customer and r.grant_id = m.grant_id and r.month = m.month
 where m.expired <> 0
 group by m.month, m.unit, m.category, r.currency;

-- What was used beyond all grants, net of reversals, by what becomes of it.
create view overage_month as
select customer, month_of(recorded_at) as month, unit, meter, subscription,
       coalesce(sum(overage), 0) as overage, coalesce(sum(overdraft), 0) as overdraft,
       coalesce(sum(repaid), 0) as repaid, coalesce(sum(forgiven), 0) as forgiven
  from entry
 where overage is not null or overdraft is not null or repaid is not null or forgiven is not null
 group by customer, month_of(recorded_at), unit, meter, subscription;

-- Usage by the day on which it occurred, in UTC. A reversal counts on its usage's day.
create view usage_day as
select u.customer, (u.occurred_at at time zone 'UTC')::date as day, u.meter, u.subscription, u.unit,
       count(*) as events, sum(u.quantity) as quantity, sum(u.credits) as credits,
       coalesce(sum(r.reversed), 0) as reversed
  from entry u
  left join (select customer, usage, sum(amount) as reversed
               from entry where type = 'reverse' group by customer, usage) r
    on r.customer = u.customer and r.usage = u.usage
 where u.credits is not null
 group by u.customer, (u.occurred_at at time zone 'UTC')::date, u.meter, u.subscription, u.unit;
