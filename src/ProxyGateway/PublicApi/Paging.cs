namespace PhoneMasking.ProxyGateway.PublicApi;

/// <summary>Pages: <c>limit</c> items after the id <c>after</c>; a page's <c>next</c> is the <c>after</c> of the next one.</summary>
internal static class Paging
{
    /// <summary>Items of a page when the caller does not say.</summary>
    public const int DefaultLimit = 50;
}
