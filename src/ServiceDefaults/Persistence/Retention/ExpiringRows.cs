namespace PhoneMasking.ServiceDefaults.Persistence.Retention;

/// <summary>Rows of one table that are deleted once they are past their retention.</summary>
/// <param name="What">What they are, for the log, as <c>e-mails</c>.</param>
/// <param name="Table">Their table with its schema. Goes into the statement as it is: never from outside.</param>
/// <param name="Past">
/// Which rows, in SQL; <c>$1</c> stands for the time before which they are past it. It needs no index: reading a table once
/// an hour costs less than an index does with each row, and the oldest rows come first in it.
/// </param>
/// <param name="Retention">How long they are kept.</param>
public sealed record ExpiringRows(string What, string Table, string Past, TimeSpan Retention);
