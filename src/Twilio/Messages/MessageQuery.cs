namespace PhoneMasking.Twilio.Messages;

/// <summary>Which messages to list. Every filter that is absent lets all pass.</summary>
public sealed record MessageQuery
{
    /// <summary>The most items of one page that Twilio gives.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>The recipient, in E.164 form.</summary>
    public string? To { get; init; }

    /// <summary>The sender, in E.164 form.</summary>
    public string? From { get; init; }

    /// <summary>
    /// The earliest time of sending, cut to the second. A message that is still queued has none yet, so a search for a
    /// message of unknown outcome goes by <see cref="TwilioMessage.DateCreated"/> of what is found too.
    /// </summary>
    public DateTimeOffset? SentOnOrAfter { get; init; }

    /// <summary>
    /// Items of a page, 1 to 1,000. Default: 50, as Twilio's. The next pages are read as they are needed.
    /// </summary>
    public int PageSize { get; init; } = 50;

    /// <summary>Returns nothing personal.</summary>
    public override string ToString() => $"MessageQuery (page size {PageSize})";
}
