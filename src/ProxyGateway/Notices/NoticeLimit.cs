using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Sending;

namespace PhoneMasking.ProxyGateway.Notices;

/// <summary>
/// Drops notices that repeat what was last said in their thread a moment ago: two machines must not answer each other for ever.
/// What says something else is never dropped: it is told of a change, and who writes after one has to learn what it means.
/// </summary>
internal static class NoticeLimit
{
    // What no text caused (a sitter's alert) has a limit of its own, and must not silence what a text causes.
    private const string Recent = """
        SELECT DISTINCT ON (from_number, to_number) from_number, to_number, body FROM gateway.outbound
        WHERE direction = 2 AND inbound_id IS NOT NULL AND created_at > @since AND conversation IN
            (SELECT hashtextextended(sender || '|' || receiver, 0) FROM unnest(@senders, @receivers) AS pair(sender, receiver))
        ORDER BY from_number, to_number, created_at DESC, sequence DESC
        """;

    public static async Task ApplyAsync(
        NpgsqlConnection connection,
        RoutingPlan plan,
        TimeSpan minimumInterval,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var notices = plan.Texts.Where(text => text.Direction == MessageDirection.Notice).ToList();
        if (notices.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Recent, connection);
        command.Parameters.AddWithValue("since", now - minimumInterval);
        command.Parameters.AddColumn("senders", NpgsqlDbType.Text, notices, notice => notice.FromNumber.Reveal());
        command.Parameters.AddColumn("receivers", NpgsqlDbType.Text, notices, notice => notice.ToNumber.Reveal());
        var lastSaid = new Dictionary<(string, string), string>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                lastSaid.Add((reader.GetString(0), reader.GetString(1)), reader.GetString(2));
            }
        }

        foreach (var notice in notices)
        {
            if (lastSaid.GetValueOrDefault(Thread(notice)) == notice.Body)
            {
                plan.Texts.Remove(notice);
            }

            lastSaid[Thread(notice)] = notice.Body;
        }
    }

    private static (string, string) Thread(OutboundMessage notice) =>
        (notice.FromNumber.Reveal(), notice.ToNumber.Reveal());
}
