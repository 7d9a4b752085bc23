package io.creditledger.core.wire;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.HashMap;
import java.util.Map;

/** The names of fields, in events, entries and outcomes alike. */
final class Field {

  private static final Map<String, SerializedString> ENCODED = new HashMap<>();

  static final String ACTOR = name("actor");
  static final String ADDED_METADATA = name("added_metadata");
  static final String ALERTS = name("alerts");
  static final String ALERT_RULES = name("alert_rules");
  static final String ALLOCATIONS = name("allocations");
  static final String AMOUNT = name("amount");
  static final String ANCHOR = name("anchor");
  static final String ASKED = name("asked");
  static final String AT = name("at");
  static final String AVAILABLE = name("available");
  static final String BALANCE = name("balance");
  static final String BOUND = name("bound");
  static final String BOUNDARY = name("boundary");
  static final String BURN_ORDER = name("burn_order");
  static final String CANCELLED = name("cancelled_");
  static final String CAP = name("cap");
  static final String CATALOG = name("catalog");
  static final String CATEGORY = name("category");
  static final String CODE = name("code");
  static final String CONTENT = name("content");
  static final String COOL_DOWN = name("cool_down");
  static final String COST_BASIS = name("cost_basis");
  static final String COUNT = name("count");
  static final String CREDITS = name("credits");
  static final String CURRENCY = name("currency");
  static final String CURRENT = name("current");
  static final String CUSTOMER = name("customer");
  static final String DATA = name("data");
  static final String DATA_BASE64 = name("data_base64");
  static final String DESCRIPTION = name("description");
  static final String DETAIL = name("detail");
  static final String EFFECTIVE_AT = name("effective_at");
  static final String ENDED = name("ended");
  static final String EVENT = name("event");
  static final String EVENT_BASE64 = name("event_base64");
  static final String EVENT_METADATA = name("event_metadata");
  static final String EXPIRES_AT = name("expires_at");
  static final String EXPIRING_SOON = name("expiring_soon");
  static final String FAILURES = name("failures");
  static final String FAILURES_MAX = name("failures_max");
  static final String FIELD = name("field");
  static final String FRACTION = name("fraction");
  static final String GRANT = name("grant");
  static final String GRANTS = name("grants");
  static final String HELD = name("held");
  static final String ID = name("id");
  static final String KEY = name("key");
  static final String KEY_BASE64 = name("key_base64");
  static final String LEVEL = name("level");
  static final String LIFETIME = name("lifetime");
  static final String LOW = name("low");
  static final String LOW_SHARE = name("low_share");
  static final String MADE = name("made");
  static final String METADATA = name("metadata");
  static final String METER = name("meter");
  static final String METERS = name("meters");
  static final String MONTHLY_CAP = name("monthly_cap");
  static final String MOVE = name("move");
  static final String NAME = name("name");
  static final String OCCURRED_AT = name("occurred_at");
  static final String OF = name("of");
  static final String OFFSET = name("offset");
  static final String ORDINAL = name("ordinal");
  static final String OUTCOME = name("outcome");
  static final String OVERAGE = name("overage");
  static final String OVERDRAFT = name("overdraft");
  static final String OVERDRAFT_LIMIT = name("overdraft_limit");
  static final String OVERDRAFT_POLICY = name("overdraft_policy");
  static final String PARTITION = name("partition");
  static final String PENDING = name("pending");
  static final String PERIOD = name("period");
  static final String PLAN = name("plan");
  static final String PREVIOUS = name("previous");
  static final String PRIORITY = name("priority");
  static final String PROPERTIES = name("properties");
  static final String QUANTITY = name("quantity");
  static final String RECORDED_AT = name("recorded_at");
  static final String RECURRENCE = name("recurrence");
  static final String REMAINING = name("remaining");
  static final String REMEDY = name("remedy");
  static final String RENEWS_AT = name("renews_at");
  static final String REPAYMENTS = name("repayments");
  static final String RESERVATION = name("reservation");
  static final String ROLLOVER = name("rollover");
  static final String SCOPE = name("scope");
  static final String SEQUENCE = name("sequence");
  static final String SERIES = name("series");
  static final String SETTLED = name("settled");
  static final String SINCE = name("since");
  static final String SOURCE = name("source");
  static final String SPECVERSION = name("specversion");
  static final String STATE = name("state");
  static final String SUBJECT = name("subject");
  static final String SUBSCRIPTION = name("subscription");
  static final String SUBSCRIPTIONS = name("subscriptions");
  static final String TARGET = name("target");
  static final String THRESHOLD = name("threshold");
  static final String TIME = name("time");
  static final String TIME_ZONE = name("time_zone");
  static final String TOPIC = name("topic");
  static final String TOP_UP = name("top_up");
  static final String TOP_UP_ANEW = name("top_up_anew");
  static final String TTL = name("ttl");
  static final String TYPE = name("type");
  static final String UNIT = name("unit");
  static final String UNITS = name("units");
  static final String UNREPAID = name("unrepaid");
  static final String UNTIL = name("until");
  static final String UP_TO = name("up_to");
  static final String USAGE = name("usage");
  static final String USED = name("used");
  static final String VALUE = name("value");
  static final String VERSION = name("v");

  private Field() {}

  /** The name ready to be written, which saves looking at each of its characters again. */
  static SerializableString encoded(String name) {
    SerializedString known = ENCODED.get(name);
    return known != null ? known : new SerializedString(name);
  }

  private static String name(String text) {
    SerializedString encoded = new SerializedString(text);
    encoded.asQuotedUTF8();
    ENCODED.put(text, encoded);
    return text;
  }
}
