/**
 * Reads what people write in YAML, and tells everything that is wrong with it at once, each with
 * file, line and field. The catalog is read with it, and so are the services' own files.
 */
package io.creditledger.core.yaml;
