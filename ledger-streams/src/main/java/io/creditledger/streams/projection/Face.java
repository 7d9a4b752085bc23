package io.creditledger.streams.projection;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The schema that SQL clients use: a view for each table and view of the schema behind it. What
 * clients build on these views, and the rights they are given on them, stay when the tables behind
 * them are replaced.
 */
final class Face {

  private final String schema;

  Face(String schema) {
    this.schema = schema;
  }

  /** The schema behind it, with the tables that are in use. */
  String tables() {
    return schema + "_tables";
  }

  /** The schema in which tables are made anew. */
  String beside() {
    return schema + "_rebuild";
  }

  /** The schema with the tables that were in use before, until they are dropped. */
  String replaced() {
    return schema + "_replaced";
  }

  /** The table that tells of rebuilds. */
  String rebuilds() {
    return schema + ".rebuild";
  }

  String schema() {
    return schema;
  }

  /** Makes the views, or points them to the tables that are in use now. */
  void show(Handle transaction) {
    transaction.execute("select pg_advisory_xact_lock(hashtextextended(?, 0))", schema);
    transaction.execute("create schema if not exists " + schema);
    RebuildLog.create(transaction, rebuilds());
    for (String name : shown(transaction)) {
      transaction.execute(
          "create or replace view "
              + schema
              + "."
              + name
              + " as select * from "
              + tables()
              + "."
              + name);
    }
  }

  private List<String> shown(Handle transaction) {
    return transaction
        .createQuery(
            "select relname from pg_class"
                + " where relnamespace = to_regnamespace(:tables) and relkind in ('r', 'p', 'v')"
                + " and not relispartition"
                + " and relname not in ('relay_offset', 'flyway_schema_history')")
        .bind("tables", tables())
        .mapTo(String.class)
        .list();
  }
}
