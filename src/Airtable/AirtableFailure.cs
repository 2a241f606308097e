namespace PhoneMasking.Airtable;

/// <summary>Every way that a call to Airtable can fail.</summary>
public enum AirtableFailure
{
    /// <summary>Airtable does not take the request as it is (400, 422 and other 4xx): a name, a value, a form.</summary>
    Invalid,

    /// <summary>The token is not known (401).</summary>
    Unauthorized,

    /// <summary>The token may not do this, or is not granted this base (403).</summary>
    Forbidden,

    /// <summary>There is no such base, table or record, or the token is not to know of it (404).</summary>
    NotFound,

    /// <summary>The request is too large (413).</summary>
    TooLarge,

    /// <summary>The workspace's plan allows no more calls this month (402, or 429 with the billing limit). Never retried.</summary>
    QuotaExceeded,

    /// <summary>Too many requests a second (429), again after each pause.</summary>
    RateLimited,

    /// <summary>Airtable has trouble of its own (5xx, 408).</summary>
    Unavailable,

    /// <summary>There was no answer.</summary>
    NoAnswer,

    /// <summary>There was an answer, but not one of Airtable's, or one that is too large.</summary>
    Unreadable,

    /// <summary>Not asked: most requests failed just now, or too many wait already.</summary>
    NotAsked,
}
