using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Inquiries;

/// <summary>
/// Names for the ids in a list. A name that cannot be had, because its service is away or the list is too long, is left
/// out: the list itself matters more.
/// </summary>
internal sealed class NameBook(Inquiry inquiry)
{
    /// <summary>Names of sitters.</summary>
    /// <param name="cancellationToken">Ends with the browser's request.</param>
    public async Task<IReadOnlyDictionary<SitterId, string>> SittersAsync(CancellationToken cancellationToken)
    {
        var sitters = await SitterListAsync(cancellationToken);
        return sitters is Reply<IReadOnlyList<SitterView>>.Given { Value: var known }
            ? known.ToDictionary(sitter => sitter.Id, sitter => sitter.Name)
            : [];
    }

    /// <summary>Names of clients.</summary>
    /// <param name="cancellationToken">Ends with the browser's request.</param>
    public async Task<IReadOnlyDictionary<ClientId, string>> ClientsAsync(CancellationToken cancellationToken)
    {
        var clients = await Walk.ThroughAsync<ClientPage, ClientView, ClientId>(
            after => inquiry.AskAsync<ListClients, ClientPage>(
                new ListClients(OrganisationId.Default, after, Walk.PageSize), cancellationToken),
            page => (page.Items, page.Next));
        return clients is Reply<IReadOnlyList<ClientView>>.Given { Value: var known }
            ? known.ToDictionary(client => client.Id, client => client.Name)
            : [];
    }

    /// <summary>All sitters, the removed ones too.</summary>
    /// <param name="cancellationToken">Ends with the browser's request.</param>
    public Task<Reply<IReadOnlyList<SitterView>>> SitterListAsync(CancellationToken cancellationToken) =>
        Walk.ThroughAsync<SitterPage, SitterView, SitterId>(
            after => inquiry.AskAsync<ListSitters, SitterPage>(
                new ListSitters(OrganisationId.Default, after, Walk.PageSize), cancellationToken),
            page => (page.Items, page.Next));
}
