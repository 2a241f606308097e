using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PhoneMasking.ProxyGateway.ApiKeys;
using PhoneMasking.ProxyGateway.Directory;
using PhoneMasking.ProxyGateway.Idempotency;
using PhoneMasking.ProxyGateway.Inbound;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ProxyGateway.Organisations;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Sessions;
using PhoneMasking.ProxyGateway.Status;
using PhoneMasking.ServiceDefaults.Persistence;

namespace PhoneMasking.ProxyGateway.Persistence;

/// <summary>The gateway's schema. Columns are the properties' names in snake case.</summary>
internal sealed partial class GatewayDbContext(DbContextOptions<GatewayDbContext> options)
    : ServiceDbContext(options, Schema)
{
    public const string Schema = "gateway";

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<KnownNumber> Numbers => Set<KnownNumber>();

    public DbSet<KnownSitter> Sitters => Set<KnownSitter>();

    public DbSet<KnownClient> Clients => Set<KnownClient>();

    public DbSet<ClientNumber> ClientNumbers => Set<ClientNumber>();

    public DbSet<DirectoryLoaded> DirectoryLoads => Set<DirectoryLoaded>();

    public DbSet<OptOut> OptOuts => Set<OptOut>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<InboundMessage> InboundMessages => Set<InboundMessage>();

    public DbSet<OutboundMessage> OutboundMessages => Set<OutboundMessage>();

    public DbSet<DroppedText> DroppedTexts => Set<DroppedText>();

    public DbSet<StoredAnswer> StoredAnswers => Set<StoredAnswer>();

    public DbSet<ProviderPause> ProviderPauses => Set<ProviderPause>();

    public DbSet<StatusEvent> StatusEvents => Set<StatusEvent>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.FindAnnotation("Relational:ColumnName") is null)
            {
                property.SetColumnName(WordStart().Replace(property.Name, "_").ToLowerInvariant());
            }
        }
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();
}
