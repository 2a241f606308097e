using Npgsql;
using NpgsqlTypes;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Persistence;
using PhoneMasking.ProxyGateway.Routing;
using PhoneMasking.ProxyGateway.Sending;

namespace PhoneMasking.ProxyGateway.Notices;

/// <summary>Drops notices to a thread that has just had one: two machines must not answer each other for ever.</summary>
internal static class NoticeLimit
{
    // What no text caused (a sitter's alert) has a limit of its own, and must not silence what a text causes.
    private const string Recent = """
        SELECT DISTINCT from_number, to_number FROM gateway.outbound
        WHERE direction = 2 AND inbound_id IS NOT NULL AND created_at > @since AND conversation IN
            (SELECT hashtextextended(sender || '|' || receiver, 0) FROM unnest(@senders, @receivers) AS pair(sender, receiver))
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
        var told = new HashSet<(string, string)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                told.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        foreach (var notice in notices.Where(notice => !told.Add(Thread(notice))))
        {
            plan.Texts.Remove(notice);
        }
    }

    private static (string, string) Thread(OutboundMessage notice) =>
        (notice.FromNumber.Reveal(), notice.ToNumber.Reveal());
}
