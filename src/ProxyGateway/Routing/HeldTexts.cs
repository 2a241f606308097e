using Npgsql;
using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.Routing;

/// <summary>Has texts routed again that wait for something: a pool number, or a command that got lost.</summary>
internal static class HeldTexts
{
    private const string QueueHeld = $"""
        {RoutingQueue.Add}
        FROM gateway.inbound WHERE state = 2 AND organisation_id = @organisation
        {RoutingQueue.IfAny}
        """;

    private const string QueueForgotten = $"""
        {RoutingQueue.Remind} AND decide_by IS NULL AND received_at < @before
        {RoutingQueue.RemindOf}
        """;

    private const string QueueUndecided = $"""
        WITH undecided AS (
            SELECT DISTINCT conversation FROM gateway.inbound
            WHERE state IN (0, 2) AND conversation > @after ORDER BY conversation LIMIT 1000
        ), queued AS (
            {RoutingQueue.Add}
            FROM undecided {RoutingQueue.IfAny}
        )
        SELECT max(conversation) FROM undecided
        """;

    // Texts that are held although they need not be: a number was freed in the very moment in which they were held for want of
    // it, or the pair is in touch by now, or the sitter has gone. Free is what the choice of a number takes for free.
    private const string QueueOverlooked = $"""
        {RoutingQueue.Add}
        FROM (
            SELECT text.conversation FROM gateway.inbound text
            LEFT JOIN gateway.numbers ours ON ours.number = text.to_address AND ours.status <> 4
            LEFT JOIN gateway.sitters sitter ON sitter.id = ours.sitter_id AND sitter.active
            WHERE text.state = 2 AND (sitter.id IS NULL
                OR EXISTS (
                    SELECT 1 FROM gateway.numbers pool
                    WHERE pool.organisation_id = text.organisation_id AND pool.lifecycle = 0 AND pool.status = 1
                        AND NOT EXISTS (
                            SELECT 1 FROM gateway.sessions
                            WHERE open AND sitter_id = sitter.id AND pool_number = pool.number))
                OR EXISTS (
                    SELECT 1 FROM gateway.client_numbers phone
                    JOIN gateway.sessions session
                        ON session.open AND session.sitter_id = sitter.id AND session.client_id = phone.client_id
                    WHERE phone.number = text.from_address AND phone.organisation_id = text.organisation_id))
            LIMIT 1000) AS overlooked
        {RoutingQueue.IfAny}
        """;

    /// <summary>Call in the transaction that freed or added a pool number.</summary>
    public static async Task QueueAsync(
        NpgsqlConnection connection,
        OrganisationId organisation,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(QueueHeld, connection);
        command.Parameters.AddWithValue("organisation", organisation.Value);
        await RoutingQueue.AddAsync(command, now, cancellationToken);
    }

    /// <summary>Queues texts that are held although they could go on.</summary>
    /// <returns>Whether there were any.</returns>
    public static async Task<bool> QueueOverlookedAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(QueueOverlooked, connection);
        return await RoutingQueue.AddAsync(command, now, cancellationToken);
    }

    /// <summary>Queues every text that is undecided.</summary>
    public static async Task QueueUndecidedAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        for (long? after = long.MinValue; after is { } last;)
        {
            await using var command = new NpgsqlCommand(QueueUndecided, connection);
            RoutingQueue.AddMessage(command, now);
            command.Parameters.AddWithValue("after", last);
            after = await command.ExecuteScalarAsync(cancellationToken) as long?;
        }
    }

    /// <summary>Queues texts that nobody has decided on for longer than <paramref name="patience"/>.</summary>
    /// <returns>Whether there were any.</returns>
    public static async Task<bool> QueueForgottenAsync(
        NpgsqlConnection connection,
        TimeSpan patience,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(QueueForgotten, connection);
        command.Parameters.AddWithValue("before", now - patience);
        return await RoutingQueue.AddAsync(command, now, cancellationToken);
    }
}
