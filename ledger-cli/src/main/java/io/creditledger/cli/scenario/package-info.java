/**
 * Two ways of running scenarios beside the core's own: the topology without a broker, and the whole
 * service on an embedded one. Start with {@link io.creditledger.cli.scenario.KafkaLedger}.
 */
package io.creditledger.cli.scenario;
