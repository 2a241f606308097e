using System.Globalization;
using System.Text.RegularExpressions;

namespace PhoneMasking.AppHost.Local;

/// <summary>Creates and deletes virtual hosts, and counts messages, on a broker that <see cref="PrivateRabbitMq"/> started.</summary>
/// <param name="folder">The broker's folder; the broker may run under another process.</param>
public sealed partial class RabbitMqAdmin(string folder)
{
    /// <summary>Creates a virtual host that the account <c>guest</c> may use.</summary>
    /// <param name="name">Letters, digits and hyphens.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ServerNotStartedException">The broker does not answer.</exception>
    public async Task CreateVirtualHostAsync(string name, CancellationToken cancellationToken)
    {
        await DoAsync(
            $"rabbit_vhost:add(<<\"{name}\">>, <<\"test\">>), rabbit_auth_backend_internal:set_permissions("
            + $"<<\"guest\">>, <<\"{name}\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>, <<\"test\">>).",
            [["add_vhost", name], ["set_permissions", "-p", name, "guest", ".*", ".*", ".*"]],
            cancellationToken);
    }

    /// <summary>Deletes a virtual host with its queues; its connections are closed by the broker.</summary>
    /// <exception cref="ServerNotStartedException">The broker does not answer.</exception>
    public Task DeleteVirtualHostAsync(string name, CancellationToken cancellationToken) =>
        DoAsync($"rabbit_vhost:delete(<<\"{name}\">>, <<\"test\">>).", [["delete_vhost", name]], cancellationToken);

    /// <summary>How many messages each queue of a virtual host holds, ready and unacknowledged; up to 5 s old.</summary>
    /// <exception cref="ServerNotStartedException">The broker does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, int>> ListQueuesAsync(
        string virtualHost,
        CancellationToken cancellationToken)
    {
        var node = await RabbitMqNode.AttachAsync(folder, cancellationToken);
        var call = await node.CallPlanAsync(
            "[{binary_to_list(element(4, proplists:get_value(name, Queue))), proplists:get_value(messages, Queue)} || "
            + $"Queue <- rabbit_amqqueue:info_all(<<\"{virtualHost}\">>, [name, messages])].",
            cancellationToken);
        var output = call is not null
            ? await CheckedAsync(call, "{ok, ", cancellationToken)
            : await CheckedAsync(
                node.ControlPlan("list_queues", "--quiet", "--no-table-headers", "-p", virtualHost, "name", "messages"),
                "",
                cancellationToken);
        return QueueCount().Matches(output).ToDictionary(
            match => match.Groups["name"].Value,
            match => int.Parse(match.Groups["messages"].Value, CultureInfo.InvariantCulture));
    }

    // erl_call takes milliseconds, rabbitmqctl about half a second, but not every system packages the former.
    private async Task DoAsync(string erlang, string[][] commands, CancellationToken cancellationToken)
    {
        var node = await RabbitMqNode.AttachAsync(folder, cancellationToken);
        if (await node.CallPlanAsync(erlang, cancellationToken) is { } call)
        {
            var (exitCode, output) = await ChildProcess.RunAsync(call, cancellationToken);
            if (exitCode == 0 && output.Contains("{ok, ok}", StringComparison.Ordinal))
            {
                return;
            }

            // On a very busy machine erl_call gives up before it is connected, and nothing was done; rabbitmqctl waits.
            if (!output.Contains("failed to connect", StringComparison.Ordinal))
            {
                throw new ServerNotStartedException($"RabbitMQ refused a command: {output}");
            }
        }

        foreach (var command in commands)
        {
            await CheckedAsync(node.ControlPlan(command), "", cancellationToken);
        }
    }

    private static async Task<string> CheckedAsync(ProcessPlan plan, string expected, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ChildProcess.RunAsync(plan, cancellationToken);
        if (exitCode != 0 || !output.Contains(expected, StringComparison.Ordinal))
        {
            throw new ServerNotStartedException($"RabbitMQ refused a command: {output}");
        }

        return output;
    }

    // Erlang's {"name", 1} or the tab-separated line of rabbitmqctl.
    [GeneratedRegex("""(\{"(?<name>[^"]+)",\s*|^(?<name>[^\t\r\n{]+)\t)(?<messages>[0-9]+)""", RegexOptions.Multiline)]
    private static partial Regex QueueCount();
}
