using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Directory;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>Who is who, for the addresses of one routing transaction.</summary>
internal sealed class RoutingDirectory
{
    private readonly Dictionary<string, KnownNumber> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<SitterId, KnownSitter> _sitters = [];
    private readonly Dictionary<(OrganisationId, E164Number), KnownSitter> _sittersByPhone = [];
    private readonly Dictionary<(OrganisationId, E164Number), KnownClient> _clients = [];

    public IEnumerable<KnownSitter> Sitters => _sitters.Values;

    public void Add(KnownNumber number) => _numbers[number.Number.Reveal()] = number;

    public void Add(KnownSitter sitter)
    {
        _sitters[sitter.Id] = sitter;
        if (sitter.Active)
        {
            _sittersByPhone[(sitter.OrganisationId, sitter.RealNumber)] = sitter;
        }
    }

    public void Add(KnownClient client, E164Number number) => _clients[(client.OrganisationId, number)] = client;

    /// <summary>The number of ours that was texted.</summary>
    public KnownNumber? Number(WaitingText text) => _numbers.GetValueOrDefault(text.To);

    public KnownSitter? Sitter(SitterId? id) => id is { } known ? _sitters.GetValueOrDefault(known) : null;

    /// <summary>The active sitter whose own phone sent the text.</summary>
    public KnownSitter? SittingSender(WaitingText text, OrganisationId organisation) =>
        text.Sender is { } sender ? _sittersByPhone.GetValueOrDefault((organisation, sender)) : null;

    /// <summary>The client whose phone sent the text.</summary>
    public KnownClient? ClientSender(WaitingText text, OrganisationId organisation) =>
        text.Sender is { } sender ? _clients.GetValueOrDefault((organisation, sender)) : null;
}
