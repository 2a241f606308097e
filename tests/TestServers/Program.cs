using System.Runtime.InteropServices;
using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;

// Started by ./test: runs both servers for all test projects, writes their addresses as variables into the file that
// is the only argument, and ends with SIGTERM or SIGINT.
using var postgresFolder = new TemporaryFolder();
using var rabbitMqFolder = new TemporaryFolder();
await using var postgres = new PrivatePostgres(postgresFolder.Path);
await using var rabbitMq = new PrivateRabbitMq(rabbitMqFolder.Path);

var ended = new TaskCompletionSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndInGoodOrder);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndInGoodOrder);

await Task.WhenAll(postgres.StartAsync(), rabbitMq.StartAsync());

// Moved into place, so that nobody reads half of it.
await File.WriteAllLinesAsync(
    $"{args[0]}.part",
    [
        $"{TestInfrastructure.PostgresVariable}={postgres.ConnectionString()}",
        $"{TestInfrastructure.RabbitMqVariable}={rabbitMq.ConnectionString()}",
        $"{TestInfrastructure.RabbitMqFolderVariable}={rabbitMq.Folder}",
    ]);
File.Move($"{args[0]}.part", args[0]);
await ended.Task;

void EndInGoodOrder(PosixSignalContext context)
{
    context.Cancel = true;
    ended.TrySetResult();
}
