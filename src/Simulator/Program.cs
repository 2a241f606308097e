using PhoneMasking.Simulator;

await SimulatorApp.Create(args).RunAsync();
