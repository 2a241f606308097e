namespace PhoneMasking.AppHost.Local;

/// <summary>Creates and deletes virtual hosts on a broker that <see cref="PrivateRabbitMq"/> started.</summary>
/// <param name="folder">The broker's folder; the broker may run under another process.</param>
public sealed class RabbitMqAdmin(string folder)
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

    // erl_call takes milliseconds, rabbitmqctl about half a second, but not every system packages the former.
    private async Task DoAsync(string erlang, string[][] commands, CancellationToken cancellationToken)
    {
        var node = await RabbitMqNode.AttachAsync(folder, cancellationToken);
        if (await node.CallPlanAsync(erlang, cancellationToken) is { } call)
        {
            await CheckedAsync(call, "{ok, ok}", cancellationToken);
            return;
        }

        foreach (var command in commands)
        {
            await CheckedAsync(node.ControlPlan(command), "", cancellationToken);
        }
    }

    private static async Task CheckedAsync(ProcessPlan plan, string expected, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ChildProcess.RunAsync(plan, cancellationToken);
        if (exitCode != 0 || !output.Contains(expected, StringComparison.Ordinal))
        {
            throw new ServerNotStartedException($"RabbitMQ refused a command: {output}");
        }
    }
}
