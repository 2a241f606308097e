using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;

namespace PhoneMasking.ProxyGateway.Directory;

/// <summary>
/// Whether all numbers, sitters and clients have been read once into this database. Until then nobody can say whom a text is
/// for, and none is routed. Afterwards the database knows it, whoever is away when a gateway starts (docs/adr/0016).
/// </summary>
internal sealed class FirstLoad(NpgsqlDataSource database, OutboxSignal outbox, TimeProvider clock)
{
    private volatile bool _done;

    /// <summary>Whether it is done, as a transaction sees it that is open on the connection.</summary>
    public async Task<bool> IsDoneAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!_done)
        {
            await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM gateway.directory_loads)", connection);
            _done = await command.ExecuteScalarAsync(cancellationToken) is true;
        }

        return _done;
    }

    /// <summary>Whether it is done.</summary>
    public async Task<bool> IsDoneAsync(CancellationToken cancellationToken)
    {
        if (_done)
        {
            return true;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await IsDoneAsync(connection, cancellationToken);
    }

    /// <summary>Records that it is done, and has all texts routed that have come so far.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        await using (var command = database.CreateCommand(
            "INSERT INTO gateway.directory_loads (loaded_at) VALUES ($1) ON CONFLICT DO NOTHING"))
        {
            command.Parameters.AddWithValue(clock.GetUtcNow());
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        // After the commit: a router that did not see it yet has left a text alone which is seen here. Should this process
        // end in between, the texts count as forgotten.
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await HeldTexts.QueueUndecidedAsync(connection, clock.GetUtcNow(), cancellationToken);
        outbox.Wake();
    }
}

/// <summary>The one row that says that the directory has been read as a whole.</summary>
internal sealed class DirectoryLoaded
{
    /// <summary>Always true: the key of the only row.</summary>
    public bool First { get; init; } = true;

    public required DateTimeOffset LoadedAt { get; init; }
}

internal sealed class DirectoryLoadedConfiguration : IEntityTypeConfiguration<DirectoryLoaded>
{
    public void Configure(EntityTypeBuilder<DirectoryLoaded> builder)
    {
        builder.ToTable("directory_loads");
        builder.HasKey(load => load.First);
        builder.Property(load => load.First).ValueGeneratedNever();
    }
}
