namespace PhoneMasking.Twilio.Transport;

/// <summary>One page of a list, and where the next one is.</summary>
internal abstract record Page<TItem>
{
    /// <summary>The items. A method, so that it is not taken for a property of the JSON.</summary>
    public abstract IReadOnlyList<TItem> ReadItems();

    /// <summary>The next page's address, whole or without the host; null or empty on the last page.</summary>
    public abstract string? ReadNext();
}

/// <summary>A page as API version 2010-04-01 writes it.</summary>
internal abstract record AccountPage<TItem> : Page<TItem>
{
    public string? NextPageUri { get; init; }

    public sealed override string? ReadNext() => NextPageUri;
}

/// <summary>A page as the newer APIs, those with a host each, write it.</summary>
internal abstract record ProductPage<TItem> : Page<TItem>
{
    public PageMeta? Meta { get; init; }

    public sealed override string? ReadNext() => Meta?.NextPageUrl;
}

/// <summary>Where a page is among the others.</summary>
internal sealed record PageMeta
{
    public string? NextPageUrl { get; init; }
}
