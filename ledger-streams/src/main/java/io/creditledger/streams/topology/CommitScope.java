package io.creditledger.streams.topology;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;

/**
 * Where a processor may write to its stores and forward although Kafka Streams has given it no
 * input: while a commit is prepared. Kafka Streams' own record cache does the same by the same
 * means, for which there is no public interface.
 */
final class CommitScope {

  private final InternalProcessorContext<?, ?> context;
  private final ProcessorNode<?, ?, ?, ?> node;

  private CommitScope(InternalProcessorContext<?, ?> context, ProcessorNode<?, ?, ?, ?> node) {
    this.context = context;
    this.node = node;
  }

  /** The scope of the processor that is being initialised. */
  static CommitScope of(ProcessorContext<?, ?> context) {
    InternalProcessorContext<?, ?> inner = (InternalProcessorContext<?, ?>) context;
    return new CommitScope(inner, inner.currentNode());
  }

  /**
   * Runs something as the processor. What it throws ends the commit.
   *
   * @param atMillis the time of what it writes to changelogs
   */
  void run(long atMillis, Runnable work) {
    ProcessorNode<?, ?, ?, ?> nodeBefore = context.currentNode();
    ProcessorRecordContext recordBefore = context.recordContext();
    context.setRecordContext(
        new ProcessorRecordContext(atMillis, -1, -1, null, new RecordHeaders()));
    context.setCurrentNode(node);
    try {
      work.run();
    } finally {
      context.setCurrentNode(nodeBefore);
      context.setRecordContext(recordBefore);
    }
  }
}
