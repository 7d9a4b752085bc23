package io.creditledger.core.account;

import java.util.List;

/**
 * What an entry leads to: the next account, and what is to be remembered beside it.
 *
 * @param account not yet chained to the entry's hash, see {@link Account#chained}
 * @param memos to be stored under their ids, replacing what is there
 * @param grants to be stored under their ids, replacing what is there
 */
public record Applied(Account account, List<Memo> memos, List<GrantRecord> grants) {}
