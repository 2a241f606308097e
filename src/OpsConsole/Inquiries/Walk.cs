namespace PhoneMasking.OpsConsole.Inquiries;

/// <summary>Reads the first pages of a list that has no total of its own, as far as the owner's screen needs.</summary>
internal static class Walk
{
    /// <summary>How many items are read at most; what goes beyond is shown as "1000+".</summary>
    public const int MaxItems = MaxPages * PageSize;

    /// <summary>The most that a service gives at a time.</summary>
    public const int PageSize = 200;

    private const int MaxPages = 5;

    /// <summary>Reads on until the list ends, the limit is reached, or the service refuses or goes away.</summary>
    /// <typeparam name="TPage">The service's answer.</typeparam>
    /// <typeparam name="TItem">One item of it.</typeparam>
    /// <typeparam name="TId">The key to read on from.</typeparam>
    /// <param name="ask">Asks for the page after a key.</param>
    /// <param name="open">Takes a page apart.</param>
    /// <param name="maxPages">How many pages at most.</param>
    public static async Task<Reply<IReadOnlyList<TItem>>> ThroughAsync<TPage, TItem, TId>(
        Func<TId?, Task<Reply<TPage>>> ask,
        Func<TPage, (IReadOnlyList<TItem> Items, TId? Next)> open,
        int maxPages = MaxPages)
        where TId : struct
    {
        List<TItem> all = [];
        TId? after = null;
        for (var page = 0; page < maxPages; page++)
        {
            if (await ask(after) is not Reply<TPage>.Given given)
            {
                return new Reply<IReadOnlyList<TItem>>.Away();
            }

            var (items, next) = open(given.Value);
            all.AddRange(items);
            after = next;
            if (after is null)
            {
                break;
            }
        }

        return new Reply<IReadOnlyList<TItem>>.Given(all);
    }
}
