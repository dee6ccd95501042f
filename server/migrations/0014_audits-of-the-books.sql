CREATE TABLE `audit_findings` (
	`run_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`no` int NOT NULL,
	`words` varchar(80) NOT NULL,
	`found` int NOT NULL,
	`rows_found` json NOT NULL,
	CONSTRAINT `audit_findings_run_id_no_pk` PRIMARY KEY(`run_id`,`no`)
);
--> statement-breakpoint
CREATE TABLE `audit_runs` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`ran_at` datetime(3) NOT NULL,
	`broken` int NOT NULL,
	`ledger_until` datetime(3) NOT NULL,
	`ledger_rows` int NOT NULL,
	`ledger_mark` varchar(20) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `audit_runs_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
ALTER TABLE `audit_findings` ADD CONSTRAINT `audit_findings_run_id_audit_runs_id_fk` FOREIGN KEY (`run_id`) REFERENCES `audit_runs`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `audit_runs_ran` ON `audit_runs` (`ran_at`);