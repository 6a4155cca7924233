package dev.duckpond.oplog;

import dev.duckpond.tinyfs.CommittedTransaction;

/** A committed transaction and the data file of the log that holds its rows. */
record LoggedTransaction(CommittedTransaction transaction, DataFile file) {}
