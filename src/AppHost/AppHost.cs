Console.WriteLine("PhoneMasking");
