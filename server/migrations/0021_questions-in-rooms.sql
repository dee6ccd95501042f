CREATE TABLE `question_askers` (
	`question_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`user_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `question_askers_question_id_user_id_pk` PRIMARY KEY(`question_id`,`user_id`)
);
--> statement-breakpoint
CREATE TABLE `questions` (
	`id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`session_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`chat_id` varchar(30) character set ascii collate ascii_bin NOT NULL,
	`text` varchar(200) NOT NULL,
	`question_key` varchar(200) NOT NULL,
	`bag_item_id` varchar(30) character set ascii collate ascii_bin,
	`askers` int NOT NULL,
	`state` varchar(24) character set ascii collate ascii_bin NOT NULL,
	`asked_at` datetime(3) NOT NULL,
	`ended_at` datetime(3),
	`ended_by` varchar(30) character set ascii collate ascii_bin,
	`reply` varchar(200) NOT NULL,
	CONSTRAINT `questions_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE INDEX `questions_open` ON `questions` (`session_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `questions_chat` ON `questions` (`chat_id`);